package com.example.lysverk;

import java.util.List;
import java.util.Locale;

/** A lamp in the catalogue. */
public record Product(
        int id,
        String slug,
        String name,
        Kind kind,
        int priceInCents,
        String tagline,
        String description,
        String material,
        String size,
        int watts,
        List<String> colours) {

    /** The type of a lamp. */
    public enum Kind {
        PENDANT("Pendants"),
        TABLE("Table lamps"),
        FLOOR("Floor lamps");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** Returns the name used in URLs. */
        public String slug() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the formatted price. */
    public String price() {
        return Money.euros(priceInCents);
    }

    public String image() {
        return "/images/products/" + slug + ".svg";
    }
}
