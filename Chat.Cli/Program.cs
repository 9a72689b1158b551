return await Chat.Cli.CliProgram.RunAsync(args);
