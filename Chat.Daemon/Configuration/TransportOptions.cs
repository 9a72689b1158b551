namespace Chat.Daemon.Configuration;

/// <summary>What serves connections over plain TCP.</summary>
internal sealed class TransportOptions(SettingReader read)
{
    private readonly int reactors = read.Integer("Chat:Transport:Reactors", 0, "threads; 0 = half as many as cores", 0, 64,
        "Threads that serve plain TCP if Chat:Transport:Tcp is reactors. More than half of the cores take time from the rest of the "
        + "daemon.",
        TakesEffect.AtStart);

    public TcpTransport Tcp { get; } = read.Choice("Chat:Transport:Tcp", TcpTransport.Reactors,
        "What serves plain TCP. reactors: a few threads that each serve many connections, which takes the least CPU; on Linux only. "
        + "kestrel: the thread pool, as on other systems, and always with TLS and WebSocket.", TakesEffect.AtStart);

    public bool HasReactors => Tcp is TcpTransport.Reactors && OperatingSystem.IsLinux();

    public int ReactorCount => reactors > 0 ? reactors : Math.Max(1, Environment.ProcessorCount / 2);
}
