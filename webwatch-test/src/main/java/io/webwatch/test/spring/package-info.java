/** Recording of events in tests of Spring applications. Read {@link io.webwatch.test.spring.RecordEvents} first. */
@NullMarked
package io.webwatch.test.spring;

import org.jspecify.annotations.NullMarked;
