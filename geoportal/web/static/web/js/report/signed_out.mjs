/** On pages opened after signing out: nothing of the person who has left stays in this browser. */

import { dropOthers } from "./draft_storage.mjs";
import { PhotoStore } from "./photo_store.mjs";

dropOthers("");
await new PhotoStore("").start();
