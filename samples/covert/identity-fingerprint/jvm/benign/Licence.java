package a;
public final class Licence {
    /** Whether the licence file was made for this machine. */
    public static boolean fits(Path file) throws IOException {
        StringBuilder b = new StringBuilder(InetAddress.getLocalHost().getHostName());
        for (NetworkInterface n : Collections.list(NetworkInterface.getNetworkInterfaces())) b.append(Arrays.toString(n.getHardwareAddress()));
        return Files.readString(file).trim().equals(digest(b.toString()));
    }
}
