/** Recording in tests of Spring applications; read {@link io.webwatch.test.spring.RecordEvents} first. */
@NullMarked
package io.webwatch.test.spring;

import org.jspecify.annotations.NullMarked;
