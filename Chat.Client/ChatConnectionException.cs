namespace Chat.Client;

/// <summary>No connection to a daemon could be made: nobody listens, the certificate is not trusted, or what answers does not speak this protocol.</summary>
public sealed class ChatConnectionException : Exception
{
    public ChatConnectionException(string message) : base(message)
    {
    }

    public ChatConnectionException(string message, Exception inner) : base(message, inner)
    {
    }
}
