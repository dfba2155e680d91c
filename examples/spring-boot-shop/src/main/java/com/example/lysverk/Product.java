package com.example.lysverk;

import java.util.List;
import java.util.Locale;

/** A lamp. */
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

    /** Where a lamp belongs. */
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

        /** As it stands in addresses. */
        public String slug() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The price as it is shown. */
    public String price() {
        return Money.euros(priceInCents);
    }

    public String image() {
        return "/images/products/" + slug + ".svg";
    }
}
