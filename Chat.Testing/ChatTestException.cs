namespace Chat.Testing;

/// <summary>What a test expected did not come; the message shows what came instead.</summary>
public sealed class ChatTestException(string message, Exception? inner = null) : Exception(message, inner);
