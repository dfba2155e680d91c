/**
 * Fixtures of the servlet module's tests. Read {@link io.webwatch.servlet.testing.TestServer} first: it runs WebWatch
 * in a Tomcat as an application would. {@link io.webwatch.servlet.testing.Container} runs a filter and a servlet in
 * each of the supported containers.
 */
@NullMarked
package io.webwatch.servlet.testing;

import org.jspecify.annotations.NullMarked;
