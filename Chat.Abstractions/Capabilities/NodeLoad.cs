namespace Chat;

/// <summary>What a daemon does for clients.</summary>
/// <param name="Sessions">With an open connection.</param>
/// <param name="Rooms">That exist.</param>
/// <param name="Plugins">That are active.</param>
/// <param name="Cores">Processor cores in use on average; null until it is measured.</param>
public sealed record NodeLoad(long Sessions, int Rooms, int Plugins, double? Cores);
