package io.webwatch.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records the events of the WebWatch in a Spring application instead of delivering them. Annotate a test class with it, and
 * inject the bean {@link io.webwatch.test.RecordedEvents}. Sets {@code webwatch.sinks} to {@code memory}, a short {@code
 * webwatch.batch.linger}, and {@code webwatch.data-directory} to a directory that is deleted with the application context.
 * The recorded events are removed before each test.
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * @RecordEvents
 * class CheckoutTrackingTest {
 *     @Autowired
 *     RecordedEvents recorded;
 *
 *     @Test
 *     void order_isTracked() {
 *         placeOrder(12.5);
 *         assertThat(recorded.await(EventType.CUSTOM)).isNamed("order_placed").hasProperty("total", 12.5);
 *     }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RecordEvents {}
