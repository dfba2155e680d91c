import Countly from 'countly-sdk-web/lib/countly.min.js';

Countly.init({
  app_key: 'bench',
  url: new URL('.', document.currentScript.src).href.replace(/\/$/, ''),
  ignore_bots: false,
});
Countly.track_sessions();
Countly.track_pageview();
Countly.track_clicks();
Countly.track_scrolls();
Countly.track_links();
Countly.track_forms();
Countly.track_errors();

// Countly does not detect page views within the document.
window.onNewView = () => Countly.track_pageview();
