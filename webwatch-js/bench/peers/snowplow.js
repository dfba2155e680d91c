import { enableActivityTracking, newTracker, trackPageView } from '@snowplow/browser-tracker';
import {
  ButtonClickTrackingPlugin,
  enableButtonClickTracking,
} from '@snowplow/browser-plugin-button-click-tracking';
import { enableFormTracking, FormTrackingPlugin } from '@snowplow/browser-plugin-form-tracking';
import {
  enableLinkClickTracking,
  LinkClickTrackingPlugin,
} from '@snowplow/browser-plugin-link-click-tracking';

newTracker('bench', new URL('.', document.currentScript.src).href, {
  appId: 'bench',
  plugins: [FormTrackingPlugin(), LinkClickTrackingPlugin(), ButtonClickTrackingPlugin()],
});
enableActivityTracking({ minimumVisitLength: 10, heartbeatDelay: 10 });
trackPageView();
enableFormTracking();
enableLinkClickTracking();
enableButtonClickTracking();

// Snowplow does not detect page views within the document.
window.onNewView = () => trackPageView();
