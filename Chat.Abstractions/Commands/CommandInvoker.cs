namespace Chat;

/// <summary>Runs a command.</summary>
/// <param name="scope">Resolves the command's services; disposed when the invocation ends.</param>
/// <param name="arguments">The values in the order of the command's parameters.</param>
public delegate ValueTask<CommandResult> CommandInvoker(CommandContext context, IServiceProvider scope, ArgumentValues arguments);
