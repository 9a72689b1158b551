using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Chat.Daemon.Accounts;
using Chat.Daemon.Cluster;
using Chat.Daemon.CommandLine.Checks;
using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Microsoft.Extensions.Logging;

namespace Chat.Daemon.CommandLine;

/// <summary>Runs the daemon as a process: prints its addresses, and returns when it has stopped.</summary>
internal static class DaemonHost
{
    /// <exception cref="StartupException">It cannot start, or is a node of a cluster that has lost its place.</exception>
    public static async Task RunAsync(
        OptionsSource options, ILoggerFactory log, ProcessEnvironment environment, CancellationToken cancellation)
    {
        ThrowIfBusy(options.Current, environment.Texts); // before the node joins, too
        if (!options.Current.Cluster.IsOn)
        {
            await RunAsync(options, log, null, environment, cancellation);
            return;
        }
        var name = options.Current.Cluster.Node;
        using var sockets = OpenSockets(options.Current, environment.Texts);
        await using var node = await ClusterNode.JoinAsync(options.Current, sockets, log, cancellation)
            ?? throw new StartupException(ExitStatus.WrongUsage, environment.Texts.NodeNameTaken(name));
        await RunAsync(options, log, node, environment, cancellation);
        if (node.Lost.IsCompleted) throw new StartupException(ExitStatus.NodeLost, environment.Texts.NodeLost(name));
    }

    private static async Task RunAsync(
        OptionsSource options, ILoggerFactory log, ClusterNode? node, ProcessEnvironment environment, CancellationToken cancellation)
    {
        using var certificate = options.Current.Tls.Certificate.Length == 0 ? null
            : new TlsCertificate(options, environment.SettingTexts, TimeProvider.System, log.CreateLogger<TlsCertificate>());
        await using var daemon = await StartOrStopAsync(options, log, certificate, node, environment, cancellation);
        if (daemon is null) return;
        var logger = log.CreateLogger(typeof(DaemonHost));
        // Registered last and so called first, because the others may hang.
        using var stopping = daemon.Stopping.Register(() => environment.StopBegins(logger));
        var endpoints = daemon.Endpoints.Select(endpoint => (endpoint.Scheme, endpoint.Address));
        if (node is null) Tell(environment, endpoints);
        else if (!node.HasStoodBy) Tell(environment, endpoints, environment.Texts.NodeServes(node.Name));
        else Tell(environment, [], environment.Texts.NodeServes(node.Name));
        NotifySocket.Say(environment.Variables, "READY=1");
        var end = daemon.WaitForEndAsync(cancellation);
        if (node is null || await Task.WhenAny(end, node.Lost) == end) await end;
        else environment.StopBegins(logger);
    }

    /// <summary>Null if a signal arrives before the daemon has started. After that, the host handles signals.</summary>
    private static async Task<ChatDaemon?> StartOrStopAsync(
        OptionsSource options, ILoggerFactory log, TlsCertificate? certificate, ClusterNode? node, ProcessEnvironment environment,
        CancellationToken cancellation)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        try
        {
            return await StartAsync(options, log, certificate, node, environment, interrupted.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested || node is not null) // lost, or ordered to stop
        {
            return null;
        }

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            environment.StopBegins(log.CreateLogger(typeof(DaemonHost)));
            interrupted.Cancel();
        }
    }

    /// <summary>Standard error if it is a terminal: a password printed there must not end up in a file.</summary>
    private static OperatorTerminal TerminalOf(ProcessEnvironment environment) =>
        new(environment.Error, environment.IsErrorTerminal, environment.Texts.FirstAdminPassword);

    private static async Task<ChatDaemon> StartAsync(
        OptionsSource options, ILoggerFactory log, TlsCertificate? certificate, ClusterNode? node, ProcessEnvironment environment,
        CancellationToken cancellation)
    {
        var texts = environment.Texts;
        // Before anything is written or logged, so that the usual mistake prints one sentence. A node listens already.
        if (node is null) ThrowIfBusy(options.Current, texts);
        var terminal = TerminalOf(environment);
        try
        {
            return node is null
                ? await ChatDaemon.StartAsync(options, log, TimeProvider.System, certificate, terminal, cancellation)
                : await ChatDaemon.StartAsync(
                    options, log, TimeProvider.System, certificate, terminal, node,
                    metrics => node.ServeAsync(
                        () => OpenStorage.Open(options.Current, node.Backends, metrics, log), StandsBy, cancellation),
                    cancellation);
        }
        catch (Exception e) when (node is null && e is IOException or SocketException)
        {
            ThrowIfBusy(options.Current, texts); // the check explains what Kestrel could not do
            throw;
        }

        void StandsBy()
        {
            Tell(environment, node!.Sockets.Endpoints, texts.NodeStandsBy(node.Name));
            NotifySocket.Say(environment.Variables, "READY=1");
        }
    }

    private static void Tell(
        ProcessEnvironment environment, IEnumerable<(string Scheme, IPEndPoint Address)> endpoints,
        params ReadOnlySpan<string> sentences)
    {
        foreach (var endpoint in endpoints) environment.Output.WriteLine($"listening on {endpoint.Scheme}://{endpoint.Address}");
        foreach (var sentence in sentences) environment.Output.WriteLine(sentence);
        environment.Output.Flush();
    }

    private static NodeSockets OpenSockets(ChatOptions options, ProgramTexts texts)
    {
        try
        {
            return new NodeSockets(options.Listen, options.Cluster.Link);
        }
        catch (SocketException)
        {
            ThrowIfBusy(options, texts);
            throw;
        }
    }

    private static void ThrowIfBusy(ChatOptions options, ProgramTexts texts)
    {
        if (PortCheck.Results(options, texts).FirstOrDefault(result => result.Problem is not null) is { } busy)
            throw new StartupException(busy.Status, busy.Problem!);
    }
}
