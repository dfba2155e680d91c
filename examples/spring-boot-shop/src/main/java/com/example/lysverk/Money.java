package com.example.lysverk;

import java.util.Locale;

final class Money {
    private Money() {}

    static String euros(int cents) {
        return String.format(Locale.ENGLISH, "€ %,d.%02d", cents / 100, cents % 100);
    }
}
