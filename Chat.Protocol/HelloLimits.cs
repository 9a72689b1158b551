namespace Chat.Protocol;

/// <summary>The limits in <c>hello</c>; 0 means unlimited.</summary>
/// <param name="Frame">Bytes in a client frame.</param>
/// <param name="Text">Unicode scalar values in a text.</param>
public sealed record HelloLimits(int Frame, int Text, int MessagesPerSecond, int ConnectionsPerAddress, int LoginsPerMinute);
