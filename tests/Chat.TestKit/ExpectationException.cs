namespace Chat.TestKit;

/// <summary>An expected frame or line did not come; the message shows what came instead.</summary>
public sealed class ExpectationException(string message, Exception? inner = null) : Exception(message, inner);
