package io.webwatch.test.spring;

import io.webwatch.WebWatch;
import io.webwatch.test.RecordedEvents;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Removes recorded events before each test. Called by Spring. */
final class RecordEventsListener extends AbstractTestExecutionListener {
    @Override
    public void beforeTestMethod(TestContext test) {
        if (AnnotatedElementUtils.hasAnnotation(test.getTestClass(), RecordEvents.class)) {
            ApplicationContext context = test.getApplicationContext();
            RecordedEvents recorded = context.getBean(RecordedEvents.class).from(context.getBean(WebWatch.class));
            recorded.settle(); // so that no event of the previous test arrives later
            recorded.clear();
        }
    }
}
