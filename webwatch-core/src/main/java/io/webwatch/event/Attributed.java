package io.webwatch.event;

/** Something with named attributes, told in the order of the documentation. */
public interface Attributed {
    /** Tells every attribute to the visitor; an absent one is told as null or left out. */
    void attributes(AttributeVisitor visitor);
}
