return await Chat.LoadTest.CommandLine.LoadProgram.RunAsync(args);
