package io.webwatch.test.spring;

import io.webwatch.WebWatch;
import io.webwatch.test.RecordedEvents;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Forgets before each test what was recorded before it. Called by Spring. */
final class RecordEventsListener extends AbstractTestExecutionListener {
    @Override
    public void beforeTestMethod(TestContext test) {
        if (AnnotatedElementUtils.hasAnnotation(test.getTestClass(), RecordEvents.class)) {
            ApplicationContext context = test.getApplicationContext();
            RecordedEvents recorded = context.getBean(RecordedEvents.class).from(context.getBean(WebWatch.class));
            recorded.settle(); // what the test before it has caused
            recorded.clear();
        }
    }
}
