// Asks the page whether a wallet is installed, to show the right button.
const STORE = { metamask: 'https://chromewebstore.google.com/detail/nkbihfbeogaeaoehlefnkodbefgpgknn' };
export function connectOrInstall() {
  if (window.ethereum) return window.ethereum.request({ method: 'eth_requestAccounts' });
  window.open(STORE.metamask);
}
