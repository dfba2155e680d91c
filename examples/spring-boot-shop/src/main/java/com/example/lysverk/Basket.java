package com.example.lysverk;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.SessionScope;

/** A customer's shopping basket: quantities by product id. */
@Component
@SessionScope
public class Basket implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_PIECES = 9;

    private final Map<Integer, Integer> pieces = new LinkedHashMap<>();

    public synchronized void add(int productId) {
        pieces.merge(productId, 1, (a, b) -> Math.min(MAX_PIECES, a + b));
    }

    public synchronized void remove(int productId) {
        pieces.remove(productId);
    }

    public synchronized void clear() {
        pieces.clear();
    }

    public synchronized Map<Integer, Integer> pieces() {
        return new LinkedHashMap<>(pieces);
    }

    public synchronized int size() {
        return pieces.values().stream().mapToInt(Integer::intValue).sum();
    }
}
