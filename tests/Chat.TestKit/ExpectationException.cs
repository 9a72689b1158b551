namespace Chat.TestKit;

/// <summary>What was expected did not come; the message shows what came instead.</summary>
public sealed class ExpectationException(string message, Exception? inner = null) : Exception(message, inner);
