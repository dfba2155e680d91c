import { init } from '@plausible-analytics/tracker';

init({
  domain: 'bench.example',
  endpoint: new URL('api/event', document.currentScript.src).href,
  outboundLinks: true,
  fileDownloads: true,
  formSubmissions: true,
  captureOnLocalhost: true,
});
