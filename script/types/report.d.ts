/** What modules of the form of a report hand to one another. */

/** The form of a report; who calls for somebody else is asked of moderators alone. */
interface ReportForm extends HTMLFormElement {
  readonly elements: ReportFields;
}

interface ReportFields extends HTMLFormControlsCollection {
  client_request_id: HTMLInputElement;
  lon: HTMLInputElement;
  lat: HTMLInputElement;
  address: HTMLInputElement;
  address_filled: HTMLInputElement;
  title: HTMLInputElement;
  description: HTMLTextAreaElement;
  shows_name: HTMLInputElement;
  on_behalf?: HTMLInputElement;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** What is known of the point of a report; `distance` in metres. */
interface PlaceAnswer {
  state: "none" | "asking" | "inside" | "outside" | "unknown";
  responsible?: Responsible[] | null;
  nearest?: string;
  distance?: number | null;
}

/** What is kept of a form; fields as pairs of name and value, and how many photos. */
interface KeptDraft {
  id: string;
  owner: string;
  step: string;
  savedAt: number;
  photos: number;
  fields: [string, string][];
}

/** A photo or video as the browser keeps it; without a `blob` the file is at the portal only. */
interface MediaRecord {
  id: string;
  name: string;
  uploadId: number | null;
  owner?: string;
  draft?: string;
  kind?: string;
  thumbnail?: string;
  blob?: Blob;
  position?: number;
  savedAt?: number;
}
