namespace Chat.Client;

/// <summary>Could not connect: nothing listens, the certificate is not trusted, or the server does not speak this protocol.</summary>
public sealed class ChatConnectionException : Exception
{
    public ChatConnectionException(string message) : base(message)
    {
    }

    public ChatConnectionException(string message, Exception inner) : base(message, inner)
    {
    }
}
