namespace Chat.Cli;

/// <summary>What is to be shown can't be written any more: its reader has gone, or the disk is full.</summary>
internal sealed class OutputGoneException(IOException inner) : Exception(inner.Message, inner);
