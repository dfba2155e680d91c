package io.webwatch.wire;

/**
 * Keys of the wire protocol as numbers: the one or two ASCII characters of a key, the first in the higher byte. This
 * way, the decoder recognises a key without creating a String.
 */
final class WireKeys {
    /** Means that there is no further key. */
    static final int END = -1;
    /** Stands for all keys that are not one or two ASCII characters long. */
    static final int OTHER = -2;

    static final int V = 'v';
    static final int P = 'p';
    static final int U = 'u';
    static final int R = 'r';
    static final int T = 't';
    static final int S = 's';
    static final int L = 'l';
    static final int Z = 'z';
    static final int E = 'e';
    static final int N = 'n';
    static final int O = 'o';
    static final int K = 'k';
    static final int X = 'x';
    static final int Y = 'y';
    static final int G = 'g';
    static final int C = 'c';
    static final int F = 'f';
    static final int SC = 's' << 8 | 'c';
    static final int VP = 'v' << 8 | 'p';
    static final int TP = 't' << 8 | 'p';
    static final int RT = 'r' << 8 | 't';
    static final int UI = 'u' << 8 | 'i';
    static final int VI = 'v' << 8 | 'i';
    static final int LM = 'l' << 8 | 'm';
    static final int EN = 'e' << 8 | 'n';
    static final int VS = 'v' << 8 | 's';
    static final int ID = 'i' << 8 | 'd';
    static final int SD = 's' << 8 | 'd';
    static final int EL = 'e' << 8 | 'l';
    static final int TG = 't' << 8 | 'g';
    static final int RO = 'r' << 8 | 'o';
    static final int LB = 'l' << 8 | 'b';
    static final int HR = 'h' << 8 | 'r';
    static final int OU = 'o' << 8 | 'u';
    static final int BX = 'b' << 8 | 'x';
    static final int RG = 'r' << 8 | 'g';
    static final int DD = 'd' << 8 | 'd';
    static final int DW = 'd' << 8 | 'w';
    static final int DH = 'd' << 8 | 'h';
    static final int MS = 'm' << 8 | 's';
    static final int FM = 'f' << 8 | 'm';
    static final int LF = 'l' << 8 | 'f';
    static final int DU = 'd' << 8 | 'u';
    static final int FS = 'f' << 8 | 's';
    static final int MD = 'm' << 8 | 'd';
    static final int PR = 'p' << 8 | 'r';
    static final int PS = 'p' << 8 | 's';
    static final int PC = 'p' << 8 | 'c';
    static final int WA = 'w' << 8 | 'a';
    static final int UR = 'u' << 8 | 'r';
    static final int FI = 'f' << 8 | 'i';
    static final int EX = 'e' << 8 | 'x';
    static final int IM = 'i' << 8 | 'm';
    static final int NM = 'n' << 8 | 'm';
    static final int VA = 'v' << 8 | 'a';
    static final int ME = 'm' << 8 | 'e';
    static final int SO = 's' << 8 | 'o';
    static final int LI = 'l' << 8 | 'i';
    static final int PP = 'p' << 8 | 'p';

    private WireKeys() {}

    static int of(CharSequence key) {
        return switch (key.length()) {
            case 1 -> key.charAt(0) < 0x80 ? key.charAt(0) : OTHER;
            case 2 -> key.charAt(0) < 0x80 && key.charAt(1) < 0x80 ? key.charAt(0) << 8 | key.charAt(1) : OTHER;
            default -> OTHER;
        };
    }
}
