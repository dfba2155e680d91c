/** WebWatch as an auto-configuration of Spring Boot 3.5 and 4; read {@link io.webwatch.spring.WebWatchAutoConfiguration} first. */
@NullMarked
package io.webwatch.spring;

import org.jspecify.annotations.NullMarked;
