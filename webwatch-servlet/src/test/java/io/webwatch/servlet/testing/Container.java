package io.webwatch.servlet.testing;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet containers that applications embed, each started with one filter ahead of one servlet. */
public enum Container {
    TOMCAT {
        @Override
        public Running start(Path folder, Filter filter, String pattern, HttpServlet servlet) throws Exception {
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", folder.toString());
            TestServer.filter(context, "webwatch", filter, "REQUEST", "ASYNC", "ERROR");
            Wrapper wrapper = Tomcat.addServlet(context, "servlet", servlet);
            wrapper.setAsyncSupported(true);
            context.addServletMappingDecoded(pattern, "servlet");
            context.addServletMappingDecoded("/", "servlet"); // Tomcat only calls filters where a servlet is mapped
            tomcat.start();
            return new Running(tomcat.getConnector().getLocalPort(), () -> {
                tomcat.stop();
                tomcat.destroy();
            });
        }
    },
    JETTY {
        @Override
        public Running start(Path folder, Filter filter, String pattern, HttpServlet servlet) throws Exception {
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            FilterHolder filterHolder = new FilterHolder(filter);
            filterHolder.setAsyncSupported(true);
            ServletHolder servletHolder = new ServletHolder(servlet);
            servletHolder.setAsyncSupported(true);
            ServletContextHandler context = new ServletContextHandler("/");
            context.addFilter(filterHolder, "/*", EnumSet.copyOf(DISPATCHERS));
            context.addServlet(servletHolder, pattern);
            server.setHandler(context);
            server.start();
            return new Running(connector.getLocalPort(), server::stop);
        }
    },
    UNDERTOW {
        @Override
        public Running start(Path folder, Filter filter, String pattern, HttpServlet servlet) throws Exception {
            FilterInfo filterInfo =
                    new FilterInfo("webwatch", filter.getClass(), new ImmediateInstanceFactory<>(filter));
            ServletInfo servletInfo =
                    new ServletInfo("servlet", servlet.getClass(), new ImmediateInstanceFactory<>(servlet));
            DeploymentInfo info = Servlets.deployment()
                    .setClassLoader(Container.class.getClassLoader())
                    .setDeploymentName("test")
                    .setContextPath("/")
                    .addFilter(filterInfo.setAsyncSupported(true))
                    .addServlet(servletInfo.setAsyncSupported(true).addMapping(pattern));
            DISPATCHERS.forEach(dispatcher -> info.addFilterUrlMapping("webwatch", "/*", dispatcher));
            DeploymentManager manager = Servlets.newContainer().addDeployment(info);
            manager.deploy();
            Undertow undertow = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setHandler(manager.start())
                    .build();
            undertow.start();
            InetSocketAddress address =
                    (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
            return new Running(address.getPort(), () -> {
                manager.stop();
                undertow.stop();
            });
        }
    };

    private static final Set<DispatcherType> DISPATCHERS =
            Set.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

    /** Starts the container on a free port of the loopback interface. */
    public abstract Running start(Path folder, Filter filter, String pattern, HttpServlet servlet) throws Exception;

    /** Stops a container. */
    public interface Stop {
        /** Stops it and frees its port. */
        void stop() throws Exception;
    }

    /** A running container. */
    public record Running(int port, Stop end) implements AutoCloseable {
        @Override
        public void close() {
            try {
                end.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
