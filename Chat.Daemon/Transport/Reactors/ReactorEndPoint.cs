using System.Net;

namespace Chat.Daemon.Transport.Reactors;

/// <summary>An address whose connections reactors serve.</summary>
internal sealed class ReactorEndPoint(IPEndPoint address) : IPEndPoint(address.Address, address.Port);
