if (!Chat.Cli.StandardStreams.HasErrors) Console.SetError(TextWriter.Null);
return await Chat.Cli.CliProgram.RunAsync(args);
