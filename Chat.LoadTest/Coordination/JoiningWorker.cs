using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Chat.Client.Programs;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>A worker process that joins a coordinator on another machine.</summary>
internal static class JoiningWorker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="LoadException">No coordinator there, or one with another secret.</exception>
    public static async Task<int> RunAsync(
        DaemonAddress coordinator, string secret, LoadTexts texts, TimeProvider time, CancellationToken cancellation)
    {
        await using var stream = await JoinAsync(coordinator, secret, texts, time, cancellation);
        using var run = new WorkerRun(new StreamReader(stream), new StreamWriter(stream), time);
        var status = await run.RunAsync(cancellation);
        if (status == ExitStatus.Ok || cancellation.IsCancellationRequested) return status;
        throw new LoadException(status, texts.CoordinatorGone($"{coordinator}"));
    }

    /// <summary>Waits for the coordinator to start, so machines may start in any order. A busy one may break a handshake.</summary>
    private static async Task<SslStream> JoinAsync(
        DaemonAddress coordinator, string secret, LoadTexts texts, TimeProvider time, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await TryJoinAsync(coordinator, secret, cancellation) is { } stream) return stream;
                throw new LoadException(ExitStatus.NoDaemon, texts.CannotJoin($"{coordinator}"));
            }
            catch (AuthenticationException)
            {
                throw new LoadException(ExitStatus.NoDaemon, texts.CannotJoin($"{coordinator}")); // it does not speak TLS
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                if (time.GetElapsedTime(start) > Patience)
                    throw new LoadException(ExitStatus.NoDaemon, texts.CannotConnect($"{coordinator}", e.Message));
            }
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Null if the coordinator refuses, or has another secret.</summary>
    /// <exception cref="SocketException">Nothing listens.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    private static async Task<SslStream?> TryJoinAsync(DaemonAddress coordinator, string secret, CancellationToken cancellation)
    {
        var socket = new TcpClient();
        SslStream? stream = null;
        var isIn = false;
        try
        {
            await socket.ConnectAsync(coordinator.Host, coordinator.Port, cancellation);
            socket.NoDelay = true;
            DeadLink.Notice(socket.Client);
            byte[] certificate = [];
            stream = new SslStream(socket.GetStream(), false, (_, shown, _, _) =>
            {
                certificate = shown?.GetRawCertData() ?? [];
                return certificate.Length > 0; // the handshake below proves whose it is
            });
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = coordinator.Host }, cancellation);
            isIn = await JoinHandshake.JoinAsync(stream, secret, certificate, cancellation);
            return isIn ? stream : null;
        }
        finally
        {
            if (!isIn)
            {
                if (stream is not null) await stream.DisposeAsync();
                socket.Dispose();
            }
        }
    }
}
