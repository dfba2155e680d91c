package io.webwatch.event;

/** Something with named attributes. */
public interface Attributed {
    /** Writes every attribute in the documented order; an absent one is written as null. */
    void writeTo(AttributeWriter out);
}
