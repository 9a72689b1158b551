using System.Net;
using System.Net.Sockets;
using Chat.Daemon.CommandLine;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon;

/// <summary>Composes the daemon's parts and runs them until the process is told to stop.</summary>
internal static class DaemonHost
{
    /// <exception cref="StartupException">It cannot start.</exception>
    public static async Task RunAsync(OptionsSource options, ILoggerFactory log, Surroundings around, CancellationToken cancellation)
    {
        using var certificate = options.Current.Tls.Certificate.Length == 0 ? null
            : new TlsCertificate(options, around.SettingTexts, TimeProvider.System, log.CreateLogger<TlsCertificate>());
        using var metrics = new DaemonMetrics();
        using var prometheus = new PrometheusText(metrics.Meter);
        var health = new DaemonHealth();
        var listening = new List<(string Scheme, ListenOptions Endpoint)>();

        await using var app = Build(options.Current.Listen, log, certificate, listening);
        app.MapStatusPages(health, prometheus);
        app.Lifetime.ApplicationStopping.Register(health.Stopping);

        await StartAsync(app, options.Current, around.Texts, cancellation);
        health.Recovered();
        foreach (var (scheme, endpoint) in listening)
            await around.Output.WriteLineAsync($"listening on {scheme}://{endpoint.IPEndPoint}");
        await around.Output.FlushAsync(cancellation);
        await app.WaitForShutdownAsync(cancellation);
    }

    private static WebApplication Build(
        EndpointOptions listen, ILoggerFactory log, TlsCertificate? certificate, List<(string Scheme, ListenOptions Endpoint)> listening)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(log).AddLogging().AddRouting();
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, listen.Tcp, "tcp", Frames);
            Listen(kestrel, listen.Tls, "tls", endpoint => { Encrypt(endpoint); Frames(endpoint); });
            Listen(kestrel, listen.Http, "http", _ => { });
            Listen(kestrel, listen.Https, "https", Encrypt);
        });
        return builder.Build();

        void Listen(KestrelServerOptions kestrel, IPEndPoint? address, string scheme, Action<ListenOptions> configure)
        {
            if (address is null)
                return;
            kestrel.Listen(address, endpoint =>
            {
                configure(endpoint);
                listening.Add((scheme, endpoint));
            });
        }

        void Encrypt(ListenOptions endpoint) => endpoint.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(certificate!.ForHandshake()),
        });

        // Closes the connection: sessions are not composed in yet.
        static void Frames(ListenOptions endpoint) => endpoint.Run(_ => Task.CompletedTask);
    }

    private static async Task StartAsync(WebApplication app, ChatOptions options, ProgramTexts texts, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is SocketException || e.InnerException is AddressInUseException)
        {
            // The check names what Kestrel could not do. Where it finds nothing, two endpoints want the same port.
            var found = PortCheck.Results(options.Listen, texts).FirstOrDefault(result => result.Problem is not null);
            throw new StartupException(found?.Status ?? ExitStatus.InUse, found?.Problem ?? e.Message);
        }
    }
}
