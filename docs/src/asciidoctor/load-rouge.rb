# Loads the highlighter without warnings of its code: the build's own warnings are about the pages.
verbose, $VERBOSE = $VERBOSE, nil
require 'rouge'
$VERBOSE = verbose
