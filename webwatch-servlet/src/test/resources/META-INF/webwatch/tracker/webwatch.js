(function () {
  "use strict";
  // stands in for the tracker in tests of its delivery
  window.webwatch = function () {};
})();
