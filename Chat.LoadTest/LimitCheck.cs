using Chat.Client;
using Chat.Client.Programs;
using Chat.LoadTest.CommandLine;
using Chat.Protocol;

namespace Chat.LoadTest;

/// <summary>Compares the limits in the daemon's <c>hello</c> with what the run needs.</summary>
internal static class LimitCheck
{
    /// <exception cref="LoadException">A limit is too low, or no daemon answers.</exception>
    public static async Task ThrowIfTooLowAsync(
        DaemonAddress daemon, LoadOptions options, LoadTexts texts, CancellationToken cancellation)
    {
        var limits = await ReadLimitsAsync(daemon, options, texts, cancellation);
        if (TooLow(limits, options) is { Count: > 0 } settings)
            throw new LoadException(ExitStatus.WrongUsage, texts.LimitsTooLow($"{daemon}", string.Join(", ", settings)));
        if (options.Payload > limits.Text)
            throw new LoadException(ExitStatus.WrongUsage, texts.OutOfRange("--payload", $"{options.Payload}", 1, limits.Text));
    }

    /// <summary>The settings that are too low, each with its value and the least that the run needs.</summary>
    internal static IReadOnlyList<string> TooLow(HelloLimits limits, LoadOptions options)
    {
        List<string> settings = [];
        if (limits.ConnectionsPerAddress > 0 && options.Users > limits.ConnectionsPerAddress)
            settings.Add($"Chat:Limits:ConnectionsPerAddress ({limits.ConnectionsPerAddress} < {options.Users})");
        if (limits.LoginsPerMinute > 0 && options.Users > limits.LoginsPerMinute)
            settings.Add($"Chat:Limits:LoginsPerMinute ({limits.LoginsPerMinute} < {options.Users})");
        if (limits.MessagesPerSecond > 0 && options.Rate == 0)
            settings.Add($"Chat:Limits:MessagesPerSecond ({limits.MessagesPerSecond}, --rate 0)");
        else if (limits.MessagesPerSecond > 0 && options.Rate > limits.MessagesPerSecond)
            settings.Add(FormattableString.Invariant($"Chat:Limits:MessagesPerSecond ({limits.MessagesPerSecond} < {options.Rate})"));
        return settings;
    }

    private static async Task<HelloLimits> ReadLimitsAsync(
        DaemonAddress daemon, LoadOptions options, LoadTexts texts, CancellationToken cancellation)
    {
        await using var client = new ChatClient(new ChatClientOptions
        {
            Host = daemon.Host,
            Port = daemon.Port,
            Tls = options.Tls,
            CertificateCheck = options.Ca is { } file ? CertificateTrust.FromFile(file) : null,
            Program = "chat-load",
        });
        try
        {
            return (await client.ConnectAsync(cancellation)).Limits;
        }
        catch (ChatConnectionException e)
        {
            throw new LoadException(ExitStatus.NoDaemon, texts.CannotConnect($"{daemon}", e.Message));
        }
        catch (OperationCanceledException)
        {
            throw new LoadException(ExitStatus.Failed, texts.StoppedBeforeStart);
        }
    }
}
