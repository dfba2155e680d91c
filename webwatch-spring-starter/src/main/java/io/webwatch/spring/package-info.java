/**
 * Auto-configuration for Spring Boot 3.5 and 4. Read {@link io.webwatch.spring.WebWatchAutoConfiguration} first.
 */
@NullMarked
package io.webwatch.spring;

import org.jspecify.annotations.NullMarked;
