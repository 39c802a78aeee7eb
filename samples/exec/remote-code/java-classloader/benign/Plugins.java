package dev.host;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import net.minecraft.client.MinecraftClient;

final class Plugins {
    static final String HELP = "https://host.invalid/plugins";

    static Object load(File jar, String name) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toURI().toURL()});
        return loader.loadClass(name).getConstructor().newInstance();
    }

    static String player(MinecraftClient mc) {
        return mc.getSession().getUsername();
    }
}
