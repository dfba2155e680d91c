package io.webwatch.config;

/** A property has a wrong value: the application does not start until it is mended. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String remedy;

    /**
     * A wrong value.
     *
     * @param property full name, such as {@code webwatch.buffer.capacity}
     * @param value as given, or a stand-in for a secret
     * @param problem follows the value in the sentence, such as "is below 2"
     * @param remedy a sentence that says what to do
     */
    public ConfigurationException(String property, String value, String problem, String remedy) {
        super(property + ": " + value + " " + problem + ". " + remedy);
        this.property = property;
        this.value = value;
        this.remedy = remedy;
    }

    /** Full name of the property. */
    public String property() {
        return property;
    }

    /** The value as given. */
    public String value() {
        return value;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
