package io.webwatch.spring;

import io.webwatch.config.Property;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if a property is true. Unlike Spring's own condition, it accepts all the words for true and false of
 * WebWatch.
 */
abstract class OnFlag extends SpringBootCondition {
    private final Property<Boolean> flag;

    OnFlag(Property<Boolean> flag) {
        this.flag = flag;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String text = new EnvironmentSource(context.getEnvironment()).get(flag.name());
        boolean enabled = flag.parse(text == null ? Objects.requireNonNull(flag.defaultText()) : text);
        return new ConditionOutcome(
                enabled, ConditionMessage.forCondition("WebWatch").because(flag.name() + " is " + enabled));
    }
}
