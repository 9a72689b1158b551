namespace Chat.Cli.Configuration;

/// <summary>The configuration file cannot be used. The message names the file, and the line if there is one.</summary>
internal sealed class ConfigException(string message) : Exception(message);
