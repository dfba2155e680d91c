package io.webwatch.config;

/** Thrown at start-up for an invalid property. The message names the property, its value and a remedy. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String remedy;

    /**
     * Creates an exception with a message such as "webwatch.buffer.capacity: 1 is below 2. Use a whole number …".
     *
     * @param property full name of the property, such as {@code webwatch.buffer.capacity}
     * @param value the value as configured, or a placeholder for a secret; empty if the message has no value to show
     * @param problem continues the sentence after the value, such as "is below 2"
     * @param remedy a sentence that says what the user can do
     */
    public ConfigurationException(String property, String value, String problem, String remedy) {
        super(property + ": " + (value.isEmpty() ? "" : value + " ") + problem + ". " + remedy);
        this.property = property;
        this.value = value;
        this.remedy = remedy;
    }

    /** Returns the full name of the property. */
    public String property() {
        return property;
    }

    /** Returns the value as configured, or a placeholder for a secret; empty if there is none to show. */
    public String value() {
        return value;
    }

    /** Returns a sentence that says what the user can do. */
    public String remedy() {
        return remedy;
    }
}
