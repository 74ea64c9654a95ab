// Says in words when a passkey was not used, and where there are none. The ceremony itself is allauth's (mfa/js/webauthn.js).

import { all, find } from "./dom.js";

document.addEventListener("allauth.error", event => {
  event.preventDefault();
  find("[data-passkey-error]").hidden = false;
});
if (!window.PublicKeyCredential) {
  all("[data-passkey]").forEach(element => { element.hidden = true; });
  if (!find("[data-passkey-optional]")) find("[data-passkey-none]").hidden = false;
}
