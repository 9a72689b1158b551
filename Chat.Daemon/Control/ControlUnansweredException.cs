namespace Chat.Daemon.Control;

/// <summary>The daemon did not take an order, or ended before it had answered.</summary>
internal sealed class ControlUnansweredException(string message, Exception cause) : Exception(message, cause);
