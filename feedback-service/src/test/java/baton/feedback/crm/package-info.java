@NullMarked
package baton.feedback.crm;

import org.jspecify.annotations.NullMarked;
