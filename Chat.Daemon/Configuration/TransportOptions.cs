namespace Chat.Daemon.Configuration;

/// <summary>Settings of the transport of plain TCP.</summary>
internal sealed class TransportOptions(SettingReader read)
{
    private readonly int reactors = read.Integer("Chat:Transport:Reactors", 0, "threads; 0 = half as many as cores", 0, 64,
        "Threads that serve plain TCP if Chat:Transport:Tcp is reactors. More than half of the cores take time from the rest of the "
        + "daemon.",
        TakesEffect.AtStart);

    public TcpTransport Tcp { get; } = read.Choice("Chat:Transport:Tcp", TcpTransport.Reactors,
        "Transport for plain TCP. reactors: a few threads with many connections each; uses the least CPU, on Linux only. "
        + "kestrel: the thread pool, as on other systems. TLS and WebSocket always use kestrel.", TakesEffect.AtStart);

    public bool HasReactors => Tcp is TcpTransport.Reactors && OperatingSystem.IsLinux();

    public int ReactorCount => reactors > 0 ? reactors : Math.Max(1, Environment.ProcessorCount / 2);
}
