namespace Chat.Daemon.Transport;

/// <summary>The client broke the rules of its transport, after which nothing that it sends can be read.</summary>
internal sealed class FramingException(string message, int closeCode = CloseCode.ProtocolError) : IOException(message)
{
    /// <summary>See <see cref="Transport.CloseCode"/>.</summary>
    public int CloseCode => closeCode;
}
