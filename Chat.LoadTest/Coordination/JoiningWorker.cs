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
        using var socket = await ConnectAsync(coordinator, texts, time, cancellation);
        socket.NoDelay = true;
        DeadLink.Notice(socket.Client);
        byte[] certificate = [];
        await using var stream = new SslStream(socket.GetStream(), false, (_, shown, _, _) =>
        {
            certificate = shown?.GetRawCertData() ?? [];
            return certificate.Length > 0; // the handshake below proves whose it is
        });
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = coordinator.Host }, cancellation);
            if (!await JoinHandshake.JoinAsync(stream, secret, certificate, cancellation))
                throw new LoadException(ExitStatus.NoDaemon, texts.CannotJoin($"{coordinator}"));
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            throw new LoadException(ExitStatus.NoDaemon, texts.CannotJoin($"{coordinator}"));
        }
        using var run = new WorkerRun(new StreamReader(stream), new StreamWriter(stream), time);
        var status = await run.RunAsync(cancellation);
        if (status == ExitStatus.Ok || cancellation.IsCancellationRequested) return status;
        throw new LoadException(status, texts.CoordinatorGone($"{coordinator}"));
    }

    /// <summary>Waits for the coordinator to start, so that machines may be started in any order.</summary>
    private static async Task<TcpClient> ConnectAsync(
        DaemonAddress coordinator, LoadTexts texts, TimeProvider time, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(coordinator.Host, coordinator.Port, cancellation);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (time.GetElapsedTime(start) > Patience)
                    throw new LoadException(ExitStatus.NoDaemon, texts.CannotConnect($"{coordinator}", e.Message));
            }
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
