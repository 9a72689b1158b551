using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chat.LoadTest.Workers;

namespace Chat.LoadTest.Coordination;

/// <summary>Waits for workers from other machines, with a certificate of its own for each run.</summary>
internal sealed class JoinedWorkers(IPEndPoint endpoint, string secret, int count, LoadTexts texts) : WorkerSource
{
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);

    public override int CountFor(int asked) => count;

    /// <exception cref="LoadException">The address cannot be used, or the wait was interrupted.</exception>
    public override async Task<WorkerPool> TakeAsync(int wanted, Action<int, WorkerReply.Tick> ticked, CancellationToken interrupted)
    {
        using var listener = new TcpListener(endpoint);
        List<Worker> joined = [];
        try
        {
            listener.Start();
            await Console.Error.WriteLineAsync(texts.WaitingForWorkers(wanted, $"{listener.LocalEndpoint}"));
            using var certificate = NewCertificate();
            while (joined.Count < wanted)
            {
                var socket = await listener.AcceptTcpClientAsync(interrupted);
                if (await LetInAsync(socket, certificate, interrupted) is { } worker) joined.Add(worker);
            }
            return WorkerPool.Of(joined, ticked);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            foreach (var worker in joined) await worker.DisposeAsync();
            throw e is SocketException
                ? new LoadException(ExitStatus.WrongUsage, texts.CannotListen($"{endpoint}", e.Message))
                : new LoadException(ExitStatus.Failed, texts.StoppedBeforeStart);
        }
    }

    /// <summary>Null if it does not know the secret, or takes too long.</summary>
    private async Task<Worker?> LetInAsync(TcpClient socket, X509Certificate2 certificate, CancellationToken interrupted)
    {
        var from = "?";
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        deadline.CancelAfter(HandshakeTime);
        try
        {
            from = $"{socket.Client.RemoteEndPoint}";
            socket.NoDelay = true;
            DeadLink.Notice(socket.Client);
            var stream = new SslStream(socket.GetStream());
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, deadline.Token);
            if (await JoinHandshake.AcceptAsync(stream, secret, certificate.RawData, deadline.Token)) return new RemoteWorker(stream);
            await JoinHandshake.RefuseAsync(stream, deadline.Token);
        }
        catch (Exception e) when (
            e is IOException or AuthenticationException or SocketException or InvalidOperationException || IsTimeout(e, interrupted))
        {
            // Not a worker, or gone already; say so below.
        }
        socket.Dispose();
        await Console.Error.WriteLineAsync(texts.NotAWorker(from));
        return null;
    }

    private static bool IsTimeout(Exception e, CancellationToken interrupted) =>
        e is OperationCanceledException && !interrupted.IsCancellationRequested;

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=chat-load", key, HashAlgorithmName.SHA256);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null); // some platforms cannot serve a key in memory
    }
}
