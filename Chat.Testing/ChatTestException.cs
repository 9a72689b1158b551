namespace Chat.Testing;

/// <summary>An expectation of a test failed. The message shows what happened instead.</summary>
public sealed class ChatTestException(string message, Exception? inner = null) : Exception(message, inner);
