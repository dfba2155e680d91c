package io.webwatch.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test class of a Spring application: its WebWatch tells what it tracks to {@link io.webwatch.test.RecordedEvents},
 * a bean, and to nothing else. {@code webwatch.sinks} is {@code memory}, the linger short, and the data directory one that
 * is deleted with the application context. Each test begins with nothing recorded.
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
